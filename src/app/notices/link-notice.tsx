import { Suspense } from "react";
import { useApp } from "../app-context";
import { lazy } from "../lazy";

const UnusableLink = lazy(() =>
  import("./unusable-link").then(({ UnusableLink: Loaded }) => ({ default: Loaded })),
);

/** What is wrong with the link that was opened, if anything is. */
export function LinkNotice() {
  const link = useApp((state) => state.unusableLink);
  return (
    link && (
      <Suspense>
        <UnusableLink link={link} />
      </Suspense>
    )
  );
}
