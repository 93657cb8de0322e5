export { release, reserve } from './arena'
