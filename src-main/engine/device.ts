import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import type { DeviceReport } from '@shared/training/run'
import { tf } from './tf'

/**
 * Which processor TensorFlow computes on and why: `gpu-found`, `no-gpu-driver` (no NVIDIA driver is loaded),
 * `cpu-library` (there is one, but the TensorFlow library here was built for processors only) or `gpu-unusable` (the
 * library could use it, but does not reach it).
 */
export function reportDevice(): DeviceReport {
  const backend: object = tf.backend()
  const usesGpu = 'isUsingGpuDevice' in backend && backend.isUsingGpuDevice === true
  const processors = cpus()
  return {
    backend: tf.getBackend(),
    device: usesGpu ? 'gpu' : 'cpu',
    name: (usesGpu ? gpuName() : processors[0]?.model.trim()) || process.arch,
    cores: Math.max(processors.length, 1),
    why: usesGpu ? 'gpu-found' : reasonForCpu(),
    tensorflow: libraryVersion(backend),
    tfjs: tf.version.tfjs,
    node: process.versions.node,
  }
}

function libraryVersion(backend: object): string {
  const binding: unknown = 'binding' in backend ? backend.binding : undefined
  const version: unknown =
    typeof binding === 'object' && binding !== null ? Reflect.get(binding, 'TF_Version') : undefined
  return typeof version === 'string' ? version : '?'
}

function reasonForCpu(): string {
  if (!hasDriver()) return 'no-gpu-driver'
  return knowsCuda() ? 'gpu-unusable' : 'cpu-library'
}

function hasDriver(): boolean {
  if (process.platform === 'win32') {
    return existsSync(join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'nvcuda.dll'))
  }
  return existsSync('/proc/driver/nvidia/version')
}

/** Whether the TensorFlow library names NVIDIA's run-time library, which only builds for graphics cards open. */
function knowsCuda(): boolean {
  const library = join(
    dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json')),
    'deps',
    'lib',
  )
  try {
    return readdirSync(library)
      .filter((name) => name.startsWith('libtensorflow_framework'))
      .some((name) => readFileSync(join(library, name)).includes('libcudart'))
  } catch {
    return false
  }
}

function gpuName(): string {
  try {
    const cards = '/proc/driver/nvidia/gpus'
    const [first = ''] = readdirSync(cards)
    return /^Model:\s*(.+)$/m.exec(readFileSync(join(cards, first, 'information'), 'utf8'))?.[1] ?? 'NVIDIA GPU'
  } catch {
    return 'NVIDIA GPU'
  }
}
