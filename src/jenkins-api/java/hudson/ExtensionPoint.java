package hudson;

/** Marks a type whose implementations Jenkins collects. */
public interface ExtensionPoint {}
