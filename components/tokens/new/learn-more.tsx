import { Layers, type LucideIcon, Terminal, Workflow } from "lucide-react";
import Link from "next/link";
import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import { Icon } from "../../ui/icon";
import { daysWords } from "./expiry";

/** The documentation, one press away. */
export function LearnMore({ facts }: { facts: Pick<TokenFormFacts, "limits" | "tier"> }) {
  return (
    <nav aria-label="Help" className="mt-7 grid gap-3 desk:grid-cols-3">
      <Card href="/help#use" icon={Terminal} title="Use a token in a script">
        curl, Python, JavaScript, PowerShell
      </Card>
      <Card href="/help#platforms" icon={Workflow} title="Use a token in Zapier or Make">
        Which field takes what
      </Card>
      <Card href="/help#tiers" icon={Layers} title="What you may create">
        {mayCreateWords(facts)}
      </Card>
    </nav>
  );
}

function Card({ href, icon, title, children }: { href: string; icon: LucideIcon; title: string; children: string }) {
  return (
    <Link
      prefetch={false}
      href={href}
      className="flex gap-3 rounded-lg bg-surface-3 px-4 py-3.5 text-fg no-underline hover:no-underline [&:hover_b]:underline"
    >
      <Icon of={icon} className="mt-0.5 text-accent-fg" />
      <span className="min-w-0">
        <b className="block">{title}</b>
        <span className="text-sm text-fg-2">{children}</span>
      </span>
    </Link>
  );
}

function mayCreateWords({ limits, tier }: Pick<TokenFormFacts, "limits" | "tier">): string {
  if (!limits || !tier) return "Nothing yet: you are in no tier";
  const long = limits.maxLifetimeDays === null ? "Without an end" : `Up to ${daysWords(limits.maxLifetimeDays)}`;
  return `${long}, ${limits.access === "write" ? "read or write" : "only read"}: tier ${tier.name}`;
}
