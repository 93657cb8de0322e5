import { locallyConnected } from '../class-forms/locally-connected'
import { defineClass } from './define'

export default defineClass(locallyConnected(1))
