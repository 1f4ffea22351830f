import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { ReaderSync } from "#components/shell/reader-sync";
import { Toaster } from "#components/ui/toaster";
import { readReader, readTheme } from "./reader";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Latchkey", template: "%s · Latchkey" },
  description: "API tokens for your applications: one for each integration, with exactly the rights it needs.",
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // only pages drawn per request get the nonce that the CSP asks of their scripts
  await connection();
  const [theme, reader] = await Promise.all([readTheme(), readReader()]);
  return (
    <html lang="en" data-theme={theme} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body>
        <noscript>
          <p className="bg-warning-bg p-3 text-warning-fg">Latchkey needs JavaScript. Please allow it for this site.</p>
        </noscript>
        {children}
        <ReaderSync zone={reader.zone} />
        <Toaster />
      </body>
    </html>
  );
}
