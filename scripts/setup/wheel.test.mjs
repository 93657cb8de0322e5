// @ts-check
import { describe, expect, it } from 'vitest'
import { requirementsOfExtra } from './wheel.mjs'

describe('requirementsOfExtra', () => {
  const metadata = [
    'Metadata-Version: 2.1',
    'Name: tensorflow',
    'Provides-Extra: and-cuda',
    'Requires-Dist: absl-py>=1.0.0',
    'Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"',
    "Requires-Dist: nvidia-cudnn-cu12 (<10.0,>=9.3.0.75) ; extra == 'and-cuda'",
    'Requires-Dist: nvidia-nccl-cu12<3.0,>=2.27.7; extra == "and-cuda-nightly"',
    'Requires-Dist: tensorboard~=2.20; python_version >= "3.10"',
    '',
    'Requires-Dist: in-the-description; extra == "and-cuda"',
  ].join('\r\n')

  it('takes the requirements of that extra only, from the header only', () => {
    expect(requirementsOfExtra(metadata, 'and-cuda')).toEqual([
      'nvidia-cublas-cu12<13.0,>=12.5.3.2',
      'nvidia-cudnn-cu12<10.0,>=9.3.0.75',
    ])
  })

  it.each(['', 'Name: x', metadata])('gives none for an extra that is not there', (text) => {
    expect(requirementsOfExtra(text, 'and-rocm')).toEqual([])
  })
})
