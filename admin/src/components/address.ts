import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Changes to the address: a value sets a part, null takes it away. */
export type AddressChanges = Record<string, string | null>;

/**
 * The list's state as the address holds it, so that a link to a filtered list works. Any change goes back to page 1
 * unless it names a page itself.
 */
export function useAddress(): [URLSearchParams, (changes: AddressChanges) => void] {
  const [address, setAddress] = useSearchParams();
  const change = useCallback(
    (changes: AddressChanges) =>
      setAddress((current) => {
        const next = new URLSearchParams(current);
        for (const [name, value] of Object.entries({ page: null, ...changes })) {
          if (value === null || value === '') next.delete(name);
          else next.set(name, value);
        }
        return next;
      }),
    [setAddress]
  );
  return [address, change];
}

/** A whole number from the address, or the default where there is none that can be used. */
export function addressNumber(address: URLSearchParams, name: string, otherwise: number): number {
  const value = Number(address.get(name));
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}
