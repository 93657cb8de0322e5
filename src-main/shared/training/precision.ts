import { z } from 'zod'

/**
 * The type that convolutions and products are computed in; weights, loss and sums are float32 in any case. bfloat16
 * has float32's range and an eighth of its digits, float16 more digits and a small range.
 */
export const Precision = z.enum(['float32', 'bfloat16', 'float16'])
export type Precision = z.output<typeof Precision>
