/** For those who are here for the first time. */
export const tour = {
  offer: "New here?",
  offerCause:
    "Start trains the comparison that is shown, at once. Or take a short tour first: five stops, half a minute.",
  take: "Take the tour",
  skip: "No, thanks",
  place: (stop: number, stops: number) => `Stop ${stop} of ${stops}`,
  next: "Next",
  back: "Back",
  done: "Done",
  end: "End the tour",
  again: "Take the tour again",
  stops: {
    compared: {
      title: "What is compared",
      says: "Each card is an arm: a scheme, its teacher and its student. Presets below are whole comparisons that say what they show.",
    },
    start: {
      title: "Start",
      says: "One press trains all arms side by side, on this machine. What happens now stands beside it, with the time that is left.",
    },
    goes: {
      title: "How it goes",
      says: "Curves grow while arms learn: accuracy on images that no network has learnt from, losses, and warnings of a collapse. Drag across a chart to look closer.",
    },
    means: {
      title: "What it means",
      says: "A table with differences seed by seed, in plain sentences. With too few seeds it says that nothing can be told.",
    },
    change: {
      title: "How to change it",
      says: "Schemes, networks, images, views and training. Every setting explains itself behind its question mark, and Copy link shares all of it.",
    },
  },
};
