import type { ComponentType } from "react";
import { GalleryEntry } from "../gallery/gallery-entry";
import { TourOffer } from "../tour/tour-offer";

/** What else a visitor can open from the first screen, in this order. Each shows an `Entry`, or nothing. */
const entries: readonly { readonly id: string; readonly Shown: ComponentType }[] = [
  { id: "gallery", Shown: GalleryEntry },
  { id: "tour", Shown: TourOffer },
];

export function Entries() {
  return (
    <div className="arrival-entries">
      {entries.map(({ id, Shown }) => (
        <Shown key={id} />
      ))}
    </div>
  );
}
