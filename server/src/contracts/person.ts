/** A person as shown beside what they did. */
export interface Person {
  id: number;
  name: string;
}
