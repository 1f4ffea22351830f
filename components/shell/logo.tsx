/** The mark: a plate with a keyhole. The hole shows what lies behind, so it fits every surface. */
export function Logo({ className = "size-[22px]" }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={`flex-none text-accent ${className}`}>
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M8 1.5h8a4 4 0 0 1 4 4v13a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4v-13a4 4 0 0 1 4-4zm4 4.6a2.9 2.9 0 0 0-1.25 5.52L9.9 16.7h4.2l-.85-5.08A2.9 2.9 0 0 0 12 6.1z"
      />
    </svg>
  );
}
