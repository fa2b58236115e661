import type { Range } from "../scale";
import { type Curve, valueAt } from "../series/curve";

/** A curve as sound: the higher the value, the higher the pitch. */

export interface Tone {
  /** Seconds from the start. */
  readonly at: number;
  /** Hertz. */
  readonly frequency: number;
}

/** Three octaves that small loudspeakers can reproduce; equal steps of value are equal musical intervals. */
const LOWEST_HZ = 180;
const OCTAVES = 3;
const TONES_PER_SECOND = 20;

/**
 * The curve from its first to its last x in `seconds`; the pitch range represents `shown`, so that curves of one chart
 * can be compared by ear. Empty for a curve without points.
 */
export function tonesOf(curve: Curve, [low, high]: Range, seconds: number): readonly Tone[] {
  const [first, last] = [curve.x[0], curve.x.at(-1)];
  if (first === undefined || last === undefined) return [];
  const count = Math.max(2, Math.round(seconds * TONES_PER_SECOND));
  return Array.from({ length: count }, (_, place) => {
    const along = place / (count - 1);
    const value = valueAt(curve, Math.min(last, first + along * (last - first)));
    const height = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
    return { at: along * seconds, frequency: LOWEST_HZ * 2 ** (OCTAVES * height) };
  });
}

const LOUDNESS = 0.12;
const FADE_SECONDS = 0.03;

/** Schedules the tones as one gliding voice, which ends by itself. */
export function schedule(context: BaseAudioContext, tones: readonly Tone[]): OscillatorNode | undefined {
  const [first, last] = [tones[0], tones.at(-1)];
  if (!first || !last) return undefined;
  const begin = context.currentTime + FADE_SECONDS;
  const voice = new OscillatorNode(context, { type: "triangle", frequency: first.frequency });
  const volume = new GainNode(context, { gain: 0 });
  voice.connect(volume).connect(context.destination);
  for (const { at, frequency } of tones) voice.frequency.linearRampToValueAtTime(frequency, begin + at);
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(LOUDNESS, begin + FADE_SECONDS);
  volume.gain.setValueAtTime(LOUDNESS, begin + last.at);
  volume.gain.linearRampToValueAtTime(0, begin + last.at + FADE_SECONDS);
  voice.start(begin);
  voice.stop(begin + last.at + FADE_SECONDS);
  return voice;
}
