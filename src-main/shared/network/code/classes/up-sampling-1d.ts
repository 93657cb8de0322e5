import { upSampling } from '../class-forms/other-axes'
import { defineClass } from './define'

export default defineClass(upSampling(1))
