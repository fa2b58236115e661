/** Datasets that one click fetches, from the public hub of Hugging Face: what a visitor should know before it does. */

export interface DownloadEntry {
  /** On the hub. */
  readonly id: string;
  readonly name: string;
  /** Of all files; about. */
  readonly bytes: number;
  readonly images: { readonly train: number; readonly test: number };
  readonly classNames: readonly string[];
  readonly license: string;
  /** Who made it. */
  readonly source: string;
  /** Pixels per side. */
  readonly side: number;
}

const words = (text: string) => text.split(", ");

export const downloadCatalog = [
  {
    id: "zalando-datasets/fashion_mnist",
    name: "Fashion-MNIST",
    bytes: 36_000_000,
    images: { train: 60_000, test: 10_000 },
    classNames: words(
      "T - shirt / top, Trouser, Pullover, Dress, Coat, Sandal, Shirt, Sneaker, Bag, Ankle boot",
    ),
    license: "MIT",
    source: "Xiao, Rasul and Vollgraf 2017",
    side: 28,
  },
  {
    id: "ylecun/mnist",
    name: "MNIST",
    bytes: 18_200_000,
    images: { train: 60_000, test: 10_000 },
    classNames: words("0, 1, 2, 3, 4, 5, 6, 7, 8, 9"),
    license: "MIT",
    source: "LeCun, Cortes and Burges 1998",
    side: 28,
  },
  {
    id: "uoft-cs/cifar10",
    name: "CIFAR-10",
    bytes: 144_000_000,
    images: { train: 50_000, test: 10_000 },
    classNames: words("airplane, automobile, bird, cat, deer, dog, frog, horse, ship, truck"),
    license: "not stated; for research",
    source: "Krizhevsky 2009",
    side: 32,
  },
  {
    id: "uoft-cs/cifar100",
    name: "CIFAR-100",
    bytes: 142_000_000,
    images: { train: 50_000, test: 10_000 },
    classNames: words(
      "apple, aquarium_fish, baby, bear, beaver, bed, bee, beetle, bicycle, bottle, bowl, boy, bridge, bus, butterfly, camel, can, castle, caterpillar, cattle, chair, chimpanzee, clock, cloud, cockroach, couch, crab, crocodile, cup, dinosaur, dolphin, elephant, flatfish, forest, fox, girl, hamster, house, kangaroo, keyboard, lamp, lawn_mower, leopard, lion, lizard, lobster, man, maple_tree, motorcycle, mountain, mouse, mushroom, oak_tree, orange, orchid, otter, palm_tree, pear, pickup_truck, pine_tree, plain, plate, poppy, porcupine, possum, rabbit, raccoon, ray, road, rocket, rose, sea, seal, shark, shrew, skunk, skyscraper, snail, snake, spider, squirrel, streetcar, sunflower, sweet_pepper, table, tank, telephone, television, tiger, tractor, train, trout, tulip, turtle, wardrobe, whale, willow_tree, wolf, woman, worm",
    ),
    license: "not stated; for research",
    source: "Krizhevsky 2009",
    side: 32,
  },
] as const satisfies readonly DownloadEntry[];

/** "owner/name", or a name alone as old datasets have it. */
export const hubIdPattern = /^[A-Za-z0-9][\w.-]{0,95}(\/[A-Za-z0-9][\w.-]{0,95})?$/;

/** Why a download did not come to its end. */
export type DownloadProblem =
  /** No answer: no network, or the server is not there. */
  | "unreachable"
  | "not-found"
  /** Whoever made it wants to be asked first. */
  | "gated"
  /** Too many requests from here. */
  | "rate-limited"
  | "server-error"
  /** It ended too early, again and again. */
  | "truncated"
  /** What is there now is not what was there when the download began. */
  | "changed"
  /** It consists of a script, or of files that the hub has not turned into tables. */
  | "no-tables"
  /** No room in the browser's storage. */
  | "storage-full";
