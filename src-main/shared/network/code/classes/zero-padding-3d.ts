import { zeroPadding } from '../class-forms/other-axes'
import { defineClass } from './define'

export default defineClass(zeroPadding(3))
