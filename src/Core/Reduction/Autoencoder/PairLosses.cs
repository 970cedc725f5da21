namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>What people call the terms.</summary>
public static class PairLosses
{
    /// <summary>All names, in the order of the terms.</summary>
    public static IReadOnlyList<string> Names { get; } = ["none", "log-ratio", "temporal", "correlation"];

    /// <summary>The name of a term.</summary>
    public static string NameOf(PairLoss loss) => Names[(int)loss];

    /// <summary>The term of a name; null where there is none.</summary>
    public static PairLoss? Of(string name) => Names.IndexOf(name) is >= 0 and var at ? (PairLoss)at : null;

    private static int IndexOf(this IReadOnlyList<string> names, string name) =>
        Enumerable.Range(0, names.Count).FirstOrDefault(i => names[i] == name, -1);
}
