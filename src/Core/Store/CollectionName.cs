using System.Text.RegularExpressions;

namespace OrleansAtlas.Store;

/// <summary>What a collection may be called: its name is a folder of the store, a part of addresses and a key of grains.</summary>
public static partial class CollectionName
{
    /// <summary>Looks whether a collection may be called so.</summary>
    /// <returns>Null, or one sentence that says what is allowed.</returns>
    public static string? Problem(string name) =>
        Pattern().IsMatch(name)
            ? null
            : $"The collection name '{name}' has other characters than letters, digits, '.', '-' and '_', starts with '.', or is longer "
                + "than 100; choose another with -c.";

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex Pattern();
}
