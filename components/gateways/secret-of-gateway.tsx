"use client";
import { EyeOff } from "lucide-react";
import { Card } from "../ui/card";
import { CodeBlock } from "../ui/code-block";
import { CopyButton } from "../ui/copy-button";
import { ShownOnce } from "../ui/shown-once";

/** The line in which nginx sends it, as gateways/nginx/gateway-key.conf.example has it. */
export const keyFile = (secret: string): string => `proxy_set_header X-Latchkey-Gateway-Key "${secret}";\n`;

/** A gateway's secret, in the only answer that carries it: it lives in this page's memory and nowhere else. */
export function SecretOfGateway({ secret, adapter }: { secret: string; adapter: string }) {
  return (
    <ShownOnce
      label="The secret"
      icon={EyeOff}
      row={
        <div className="flex flex-wrap gap-2">
          <output
            aria-label="Secret"
            className="mono min-w-0 flex-1 basis-60 select-all break-all rounded-sm border border-border bg-code-bg px-3 py-2"
          >
            {secret}
          </output>
          <CopyButton text={secret} name="Copy the secret" look="primary" size="lg" focusFirst />
        </div>
      }
      said={
        <>
          <b className="text-fg">Shown once.</b> Only a digest is kept. Lost it? Rotate the gateway’s secret.
        </>
      }
    >
      {adapter === "nginx" && (
        <Card aria-label="gateway-key.conf" className="overflow-hidden">
          <p className="mono border-border border-b px-4 py-2 text-xs text-fg-2">
            /etc/nginx/latchkey/gateway-key.conf (mode 0600)
          </p>
          <CodeBlock code={keyFile(secret)} language="text" label="gateway-key.conf" />
        </Card>
      )}
    </ShownOnce>
  );
}
