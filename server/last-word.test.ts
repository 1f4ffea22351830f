import { Duplex } from "node:stream";
import { expect, test } from "vitest";
import { endWith } from "./last-word";
import { waitFor } from "./wait";

test("whoever is told the last word and stays is hung up on", async () => {
  let said = "";
  const stays = new Duplex({
    allowHalfOpen: true,
    read() {},
    write(chunk: Buffer, _encoding, done) {
      said += chunk.toString();
      done();
    },
  });
  endWith(stays, "400 Bad Request", 20);
  expect(stays.destroyed).toBe(false);
  expect(await waitFor(() => stays.destroyed || undefined, 10_000)).toBe(true);
  expect(said).toBe(
    "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\r\n",
  );
});
