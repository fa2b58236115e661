import { Suspense, useState } from "react";
import { texts } from "../../../texts/texts";
import { useApp } from "../../app-context";
import { lazy } from "../../lazy";

const GatherImages = lazy(() =>
  import("./gather-images").then((loaded) => ({ default: loaded.GatherImages })),
);

/** Collapsed until opened, or until an image is pasted. */
export function GatherSection() {
  const isGathering = useApp((state) => state.gathering !== undefined);
  const [chosen, setChosen] = useState<boolean>();
  const isOpen = chosen ?? isGathering;
  return (
    <details
      className="disclosure"
      open={isOpen}
      onToggle={({ currentTarget }) => {
        // Opening because of a pasted image is not the visitor's choice.
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
