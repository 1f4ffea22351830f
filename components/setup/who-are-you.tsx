import { Check } from "lucide-react";
import { Field } from "../ui/field";
import { Flag } from "../ui/flag";
import { Input } from "../ui/input";

type Props = { code: string | null; errors: (path: string) => string | undefined };

/** The account. Without a code in the link there is a field for it. */
export function WhoAreYou({ code, errors }: Props) {
  return (
    <div className="px-[22px] py-5 max-desk:p-4">
      <div className="mb-2.5 flex items-center gap-2">
        <h2>Who are you?</h2>
        <span className="ml-auto">
          {code && !errors("code") && (
            <Flag icon={Check} tone="success">
              Set-up code taken from the link
            </Flag>
          )}
        </span>
      </div>
      <div className="grid gap-3 desk:grid-cols-2">
        {(!code || errors("code")) && (
          <div className="desk:col-span-2">
            <Field
              id="code"
              label="Set-up code"
              error={errors("code")}
              hint="What follows # in the link that npm start printed."
            >
              {(ties) => <Input {...ties} name="code" mono required={!code} autoComplete="off" spellCheck={false} />}
            </Field>
          </div>
        )}
        <Field id="username" label="Username" error={errors("username")}>
          {(ties) => (
            <Input
              {...ties}
              name="username"
              required
              maxLength={100}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <Field id="email" label="E-mail" optional error={errors("email")}>
          {(ties) => <Input {...ties} name="email" type="email" maxLength={254} autoComplete="email" />}
        </Field>
        <Field
          id="password"
          label="Password"
          error={errors("password")}
          hint="15 characters or more; a few words do well"
        >
          {(ties) => (
            <Input {...ties} name="password" type="password" required maxLength={128} autoComplete="new-password" />
          )}
        </Field>
        <Field id="again" label="Again" error={errors("again")}>
          {(ties) => (
            <Input {...ties} name="again" type="password" required maxLength={128} autoComplete="new-password" />
          )}
        </Field>
      </div>
    </div>
  );
}
