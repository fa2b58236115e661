/** The networks' answers to views of one image, during and after training. */
export const look = {
  title: "Answers to one image",
  lead: "Student and teacher side by side on views of one image, during and after training",
  open: "Show answers",
  close: "Close",
  run: "Run",
  images: "Image to inspect",
  image: (className: string) => `Image of class ${className}`,
  roll: "Other views",
  temperature: "Temperature τ",
  temperatureHelp: {
    classes: "Softens the answers shown, as distillation does: softmax of the logits divided by τ.",
    neighbors: "Softens the answers shown, as SEED does: softmax of the cosines divided by τ.",
  },
  kind: "Show for each view",
  kinds: {
    classes: { label: "Classes", title: "The classes that each network predicts" },
    neighbors: { label: "Neighbors", title: "The training images that each network finds most similar" },
  },
  at: (stage: string, step: string) => `${stage}, step ${step}`,
  waiting: "Waiting for the end of the next step …",
  gone: "These networks are no longer loaded. They can be inspected while they train and afterwards, until another training starts or is opened.",
  otherImages:
    "The images of this training are not loaded. Load the same images in the Images tab to inspect its networks.",
  view: "View",
  network: "Network",
  answersTable: "Class probabilities by view and network",
  views: "Views and answers",
  roles: { student: "Student", teacher: "Teacher" },
  answers: (role: string, view: string) => `${role}'s answer to ${view}`,
  source:
    "Class probabilities of each network's own classifier, or of the linear probe trained alongside it. Gradients and batch norm statistics are not affected.",
  neighborsSource: (images: string) =>
    `The nearest of ${images} other training images, by the cosine of the current features. Percentages are softmax shares over all of these images.`,
  loss: (value: string) => `τ²·KL(T ‖ S) ${value}`,
  lossHelp:
    "The distillation loss of this view at the temperature above: how far the student's answer is from its teacher's.",
  similarities: "Embedding similarity",
  cosine: "Mean cosine",
  similaritiesLead: (pairs: string) =>
    `Mean cosine over ${pairs} images. Circled numbers are SimDis's target views.`,
};
