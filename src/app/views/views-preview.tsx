import type { ImageStrip } from "../../protocol/messages";
import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";
import { imageAt } from "../controls/image-strip";
import { PixelImage } from "../controls/pixel-image";

/** Some training images and both views of each, as the networks receive them. */
export function ViewsPreview() {
  const preview = useApp((state) => state.preview);
  const { reroll } = useEngine();
  const words = texts().views;
  return (
    <figure className="views-preview">
      <figcaption className="row">
        <span className="small muted">{words.preview}</span>
        <button type="button" className="button button-small" onClick={() => void reroll()}>
          {words.rollAgain}
        </button>
      </figcaption>
      {preview ? (
        <table>
          <tbody>
            <tr>
              <th scope="row">{words.image}</th>
              {preview.images.map((sample) => (
                <td key={sample.index}>
                  <PixelImage rgba={sample.rgba} size={sample.size} />
                </td>
              ))}
            </tr>
            <ViewRow name="v" strip={preview.first} />
            <ViewRow name="v′" strip={preview.second} />
          </tbody>
        </table>
      ) : (
        <p className="empty">{words.notYet}</p>
      )}
    </figure>
  );
}

function ViewRow({ name, strip }: { name: string; strip: ImageStrip }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {Array.from({ length: strip.count }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an image of a strip is identified by its index.
        <td key={at}>
          <PixelImage rgba={imageAt(strip, at)} size={strip.size} />
        </td>
      ))}
    </tr>
  );
}
