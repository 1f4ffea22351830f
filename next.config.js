/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // `npm run check` judges types, of tests and benches too; whoever starts Latchkey should not wait for it.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["bcrypt", "pg", "@prisma/client", "@prisma/adapter-pg"],
};

export default config;
