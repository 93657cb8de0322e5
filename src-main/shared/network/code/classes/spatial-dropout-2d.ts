import { spatialDropout } from '../class-forms/other-axes'
import { defineClass } from './define'

export default defineClass(spatialDropout(2))
