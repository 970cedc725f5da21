namespace OrleansAtlas.Grains;

/// <summary>Grain keys: a collection's name, a slash, and what is meant in it.</summary>
internal static class Keys
{
    public static string Join(string collection, string inner) => $"{collection}/{inner}";

    public static (string Collection, string Inner) Split(string key) => (key[..key.IndexOf('/')], key[(key.IndexOf('/') + 1)..]);
}
