import { useCallback, useEffect, useRef, useState } from "react";

/** Pixels per side of a picture: more than any network here uses. */
const SIDE = 192;

export type CameraProblem = "refused" | "missing" | "busy";

const problems: Readonly<Record<string, CameraProblem>> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
};

function problemOf(error: unknown): CameraProblem {
  const name = error instanceof Error ? error.name : "";
  return Object.hasOwn(problems, name) ? (problems[name] as CameraProblem) : "busy";
}

/** The camera, from the visitor's click until the panel is closed. */
export function useCamera() {
  const [stream, setStream] = useState<MediaStream>();
  const [problem, setProblem] = useState<CameraProblem>();
  const video = useRef<HTMLVideoElement>(null);

  const start = useCallback(async () => {
    setProblem(undefined);
    try {
      // Insecure pages have no media devices at all.
      if (!navigator.mediaDevices) throw new DOMException("no media devices", "NotFoundError");
      setStream(await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } }));
    } catch (error) {
      setProblem(problemOf(error));
    }
  }, []);
  const stop = useCallback(() => setStream(undefined), []);

  useEffect(() => {
    if (video.current) video.current.srcObject = stream ?? null;
    const tracks = stream?.getTracks() ?? [];
    // Unplugged, or permission withdrawn.
    for (const track of tracks) track.addEventListener("ended", stop);
    return () => {
      for (const track of tracks) {
        track.removeEventListener("ended", stop);
        track.stop();
      }
    };
  }, [stream, stop]);

  /** The center square of the current picture, as PNG; undefined before the first picture. */
  const take = useCallback(async (): Promise<Blob | undefined> => {
    const seen = video.current;
    if (!seen || seen.videoWidth === 0) return undefined;
    const side = Math.min(seen.videoWidth, seen.videoHeight);
    const canvas = new OffscreenCanvas(SIDE, SIDE);
    const left = (seen.videoWidth - side) / 2;
    const top = (seen.videoHeight - side) / 2;
    canvas.getContext("2d")?.drawImage(seen, left, top, side, side, 0, 0, SIDE, SIDE);
    return canvas.convertToBlob({ type: "image/png" });
  }, []);

  return { video, isOn: stream !== undefined, problem, start, stop, take };
}
