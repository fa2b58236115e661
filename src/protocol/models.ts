/** The largest loss of accuracy at which a network is exported with weights in 8 bits. */
export const int8Loss = 0.01;

/** A trained network as a file for other programs, measured in this browser. */
export interface ModelMeasures {
  readonly runId: string;
  readonly role: "student" | "teacher";
  /** Held-out images that it was measured on. */
  readonly images: number;
  /** Milliseconds per image, many at a time. */
  readonly imageMs: number;
  /** As it was trained. */
  readonly whole: ModelVariant;
  /** With weights in 8 bits. */
  readonly int8: ModelVariant;
}

export interface ModelVariant {
  /** Of its ONNX file. */
  readonly bytes: number;
  /** The share of held-out images whose class it names. */
  readonly top1: number;
}

/** Whether weights in 8 bits keep the network's accuracy. */
export const keepsAccuracy = ({ whole, int8 }: ModelMeasures): boolean => whole.top1 - int8.top1 <= int8Loss;
