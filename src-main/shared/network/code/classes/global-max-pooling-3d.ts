import { globalPooling3d } from '../class-forms/other-axes'
import { defineClass } from './define'

export default defineClass(globalPooling3d('Max', 'max'))
