/** The activations that a layer can carry itself, by their Keras names. */
export const activations = ['linear', 'relu', 'elu', 'selu', 'sigmoid', 'tanh', 'softplus', 'softmax'] as const
export type Activation = (typeof activations)[number]
