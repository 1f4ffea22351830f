"use client";
import { useEffect } from "react";
import { PlainPage } from "#components/shell/plain-page";
import { reloadWhereAway } from "#components/shell/reload-where-away";
import { Button } from "#components/ui/button";

/** What nobody expected. The digest is all the browser gets; the log has the rest under it. */
export default function ErrorPage({ error, retry }: { error: Error & { digest?: string }; retry?: () => void }) {
  useEffect(() => {
    // A part that came too late to give the whole answer its status: where the database is away, the page says so.
    reloadWhereAway(window, Date.now());
  }, []);
  return (
    <PlainPage>
      <h1>Something went wrong</h1>
      <p className="mt-1 mb-[22px] text-fg-2">
        This is our mistake, not yours, and nothing was changed. Try again in a moment; if it stays, tell your
        administrator
        {error.digest ? (
          <>
            {" "}
            and quote <span className="mono">{error.digest}</span>
          </>
        ) : null}
        .
      </p>
      <Button look="primary" size="lg" block onClick={() => (retry ? retry() : location.reload())}>
        Try again
      </Button>
    </PlainPage>
  );
}
