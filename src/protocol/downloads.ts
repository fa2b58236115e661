/** Datasets from the public Hugging Face hub that one click fetches, with the information a visitor needs first. */

export interface DownloadEntry {
  /** Id on the hub. */
  readonly id: string;
  readonly name: string;
  /** Total size of the files, approximately. */
  readonly bytes: number;
  readonly images: { readonly train: number; readonly test: number };
  readonly classNames: readonly string[];
  readonly license: string;
  /** Authors. */
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

/** "owner/name", or only a name for old datasets. */
export const hubIdPattern = /^[A-Za-z0-9][\w.-]{0,95}(\/[A-Za-z0-9][\w.-]{0,95})?$/;

/** Why a transfer from the hub was not completed. */
export type TransferProblem =
  /** No answer: no network, or the server is unreachable. */
  | "unreachable"
  /** No such repository, revision or file. */
  | "not-found"
  /** Private, or its owner requires access to be requested; for those without an account, also what does not exist. */
  | "gated"
  /** Too many requests from this address. */
  | "rate-limited"
  | "server-error"
  /** The transfer was cut off repeatedly. */
  | "truncated"
  /** The content is not, or no longer, what the hub says. */
  | "changed";

/** Why a download was not completed. */
export type DownloadProblem =
  | TransferProblem
  /** It consists of a script, or of files that the hub has not converted to tables. */
  | "no-tables"
  /** The browser's storage is full. */
  | "storage-full";
