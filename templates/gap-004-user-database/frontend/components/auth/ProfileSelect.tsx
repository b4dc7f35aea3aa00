import { Children, isValidElement, type ReactElement, type SelectHTMLAttributes } from 'react';

/** A select that shows the stored value, even if it is empty or not one of the options. */
export default function ProfileSelect({ children, ...attributes }: SelectHTMLAttributes<HTMLSelectElement>) {
  const { value } = attributes;
  const isListed = Children.toArray(children).some((child) => isValidElement(child) && valueOf(child) === value);
  return (
    <select {...attributes}>
      <option value="">Not set</option>
      {value && !isListed ? <option>{value}</option> : null}
      {children}
    </select>
  );
}

/** An option without a value attribute uses its text as the value. */
function valueOf({ props }: ReactElement): unknown {
  return props.value ?? props.children;
}
