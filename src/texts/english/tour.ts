/** The tour for first-time visitors. */
export const tour = {
  offerCause: "The parts of the page, one after the other: half a minute.",
  take: "Take the tour",
  place: (stop: number, stops: number) => `Stop ${stop} of ${stops}`,
  next: "Next",
  back: "Back",
  done: "Done",
  end: "End the tour",
  again: "Take the tour again",
  stops: {
    arms: {
      title: "Arms",
      says: "Each card is an arm: a scheme with its teacher and its student. The presets below are complete comparisons; each says what it shows.",
    },
    start: {
      title: "Start",
      says: "Start trains all arms side by side, on this machine. The status and the remaining time are shown next to it.",
    },
    curves: {
      title: "Curves",
      says: "Curves grow while the arms train: accuracy on held-out images, losses, and collapse warnings. Drag across a chart to zoom in.",
    },
    results: {
      title: "Results",
      says: "A table of results, with differences seed by seed in plain sentences. With too few seeds it says the result is inconclusive.",
    },
    settings: {
      title: "Settings",
      says: "Schemes, networks, images, views and training. The question mark next to a setting explains it. Copy link shares the whole experiment.",
    },
  },
};
