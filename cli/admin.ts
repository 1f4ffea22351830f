import { ok } from "#lib/errors/error";
import { createAdmin } from "#lib/users/commands/create-admin";
import { readSecret } from "./input";
import { optional, required } from "./option";
import { verb } from "./verb";

export const admin = {
  create: verb({
    about: "Make an administrator; the password comes on stdin",
    options: {
      username: required("NAME", "what they sign in with"),
      email: optional("E", "their e-mail address"),
    },
    run: async (given, desk) => {
      const password = await readSecret(`The password for ${given.username}`);
      return password.ok ? desk.run(createAdmin, ok({ ...given, password: password.value })) : password;
    },
  }),
};
