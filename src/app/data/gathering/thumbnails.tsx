import { useEffect, useState } from "react";
import type { GatheredClass, GatheredImage } from "../../../store/gathering";
import { texts } from "../../../texts/texts";

/** A recording has hundreds of pictures, so only the newest are shown. */
const SHOWN = 24;

/** A class's images; clicking one removes it. */
export function Thumbnails({
  name,
  images,
  remove,
}: Pick<GatheredClass, "name" | "images"> & { remove: (id: number) => void }) {
  const words = texts().gathering;
  const hidden = Math.max(0, images.length - SHOWN);
  if (images.length === 0) return null;
  return (
    <ul className="thumbnails" aria-label={words.imagesOf(name)}>
      {images.slice(hidden).map((image, at) => (
        <li key={image.id}>
          <Thumbnail
            image={image}
            label={words.removeImage(hidden + at + 1, name)}
            remove={() => remove(image.id)}
          />
        </li>
      ))}
      {hidden > 0 && <li className="small muted">{words.moreImages(hidden)}</li>}
    </ul>
  );
}

function Thumbnail({ image, label, remove }: { image: GatheredImage; label: string; remove: () => void }) {
  const { blob } = image;
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return (
    <button type="button" className="thumbnail" aria-label={label} title={label} onClick={remove}>
      {address && <img src={address} alt="" width="40" height="40" />}
    </button>
  );
}
