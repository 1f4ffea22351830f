/** Wrong usage: the sentence goes to stderr, and the program ends with status 2. */
export class Misuse extends Error {
  override readonly name = "Misuse";
}
