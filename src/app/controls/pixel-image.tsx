import { useEffect, useRef } from "react";

/** Pixels enlarged without smoothing. Without a label the image is decorative. */
export function PixelImage({
  rgba,
  size,
  label,
}: {
  /** [size, size, 4]. */
  rgba: Uint8ClampedArray<ArrayBuffer>;
  size: number;
  label?: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext("2d")?.putImageData(new ImageData(rgba, size, size), 0, 0);
  }, [rgba, size]);
  return (
    <canvas
      ref={canvas}
      className="pixel-image"
      width={size}
      height={size}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    />
  );
}
