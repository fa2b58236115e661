/** A look at what networks make of views while they learn. */
export const look = {
  title: "Look inside",
  lead: "What student and teacher make of views of one image, while they learn and after",
  open: "Look",
  close: "Close",
  run: "Run",
  images: "Image to look at",
  image: (className: string) => `Image of class ${className}`,
  roll: "Other views",
  temperature: "Temperature τ",
  temperatureHelp: {
    classes: "Softens the shown answers as distillation does: softmax of logits over τ.",
    neighbours: "Softens the shown answers as SEED does: softmax of cosines over τ.",
  },
  kind: "What is told of a view",
  kinds: {
    classes: { label: "Classes", title: "Which classes the networks see in it" },
    neighbours: { label: "Neighbours", title: "Which training images the networks find most like it" },
  },
  at: (stage: string, step: string) => `${stage}, step ${step}`,
  waiting: "The next step ends first …",
  notYet:
    "Once training has begun: views of an image, which classes or neighbours student and teacher see in them, and how alike the target views are.",
  gone: "These networks are not here any more: they can be looked at while they train, and afterwards until something else is trained or loaded.",
  otherImages:
    "The page holds other images now than those that this training learns from: choose or drop the same ones under Images to look at them.",
  view: "View",
  network: "Network",
  answersTable: "Classes that each network sees in each view",
  views: "Views and what is made of them",
  roles: { student: "Student", teacher: "Teacher" },
  answers: (role: string, view: string) => `${role}'s answer to ${view}`,
  source:
    "Shares of classes by each network's own classifier, or by the linear probe that learns beside it. Neither gradient nor statistics are touched.",
  neighboursSource: (images: string) =>
    `The nearest of ${images} other training images, by the cosine of features as they are now; percentages are their shares among all of these.`,
  loss: (value: string) => `τ²·KL(T ‖ S) ${value}`,
  lossHelp:
    "The distillation loss of this view at the temperature above: what the student's answer lacks of its teacher's.",
  similarities: "Likeness of embeddings",
  cosine: "Mean cosine",
  similaritiesLead: (pairs: string) =>
    `Mean cosine over ${pairs} images. Numbers in circles are SimDis's target views.`,
};
