import type { RunProgress } from '@shared/training/metrics'

/** How much a run has to do. */
export interface Plan {
  readonly epochs: number
  readonly stepsPerEpoch: number
  readonly trainSamples: number
  readonly validationSamples: number
  readonly testSamples: number
}

/** Of the speed of a step this share is taken over into the speed that is told; the rest is what was told before. */
const smoothing = 0.05
/** Judging costs about a third of training, which also computes gradients; used until it has been measured. */
const firstJudgingShare = 1 / 3

/** Measures how fast a run goes and foretells how long it will take. Times in seconds of work, without pauses. */
export class Pace {
  private step = 0
  private epoch = 1
  private trained = 0
  private seconds = 0
  private perImage: number | undefined
  private judged = { images: 0, seconds: 0 }

  constructor(private readonly plan: Plan) {}

  /** A step of training was done. */
  stepDone(images: number, seconds: number): void {
    this.step += 1
    this.trained += images
    this.seconds += seconds
    const own = seconds / images
    this.perImage = this.perImage === undefined ? own : this.perImage + smoothing * (own - this.perImage)
  }

  /** Samples were judged without training. */
  judgingDone(images: number, seconds: number): void {
    this.judged = { images: this.judged.images + images, seconds: this.judged.seconds + seconds }
  }

  epochDone(): void {
    this.epoch = Math.min(this.epoch + 1, this.plan.epochs)
  }

  /** Over the whole run: steps, seconds of training, and images a second. */
  get totals(): { steps: number; seconds: number; imagesPerSecond: number } {
    const imagesPerSecond = this.seconds > 0 ? this.trained / this.seconds : 0
    return { steps: this.step, seconds: this.seconds, imagesPerSecond }
  }

  get progress(): RunProgress {
    const { epochs, stepsPerEpoch } = this.plan
    return {
      epoch: this.epoch,
      epochs,
      step: this.step,
      stepsPerEpoch,
      imagesPerSecond: this.perImage ? 1 / this.perImage : 0,
      secondsLeft: this.secondsLeft(),
    }
  }

  private secondsLeft(): number | null {
    if (this.perImage === undefined) return null
    const { epochs, trainSamples, validationSamples, testSamples } = this.plan
    const toTrain = Math.max(0, epochs * trainSamples - this.trained)
    const toJudge = Math.max(0, epochs * validationSamples + testSamples - this.judged.images)
    const perJudged =
      this.judged.images > 0 ? this.judged.seconds / this.judged.images : this.perImage * firstJudgingShare
    return toTrain * this.perImage + toJudge * perJudged
  }
}
