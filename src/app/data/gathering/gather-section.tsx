import { Suspense, useState } from "react";
import { texts } from "../../../texts/texts";
import { useApp } from "../../app-context";
import { lazy } from "../../lazy";

const GatherImages = lazy(() =>
  import("./gather-images").then((loaded) => ({ default: loaded.GatherImages })),
);

/** Folded until it is wanted, or until an image was pasted. */
export function GatherSection() {
  const isGathering = useApp((state) => state.gathering !== undefined);
  const [chosen, setChosen] = useState<boolean>();
  const isOpen = chosen ?? isGathering;
  return (
    <details
      className="disclosure"
      open={isOpen}
      onToggle={({ currentTarget }) => {
        // Opening by a pasted image is no choice of the visitor's.
        if (currentTarget.open !== isOpen) setChosen(currentTarget.open);
      }}
    >
      <summary>{texts().gathering.title}</summary>
      {isOpen && (
        <Suspense>
          <GatherImages />
        </Suspense>
      )}
    </details>
  );
}
