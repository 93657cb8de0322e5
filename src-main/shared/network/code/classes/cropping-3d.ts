import { cropping } from '../class-forms/other-axes'
import { defineClass } from './define'

export default defineClass(cropping(3))
