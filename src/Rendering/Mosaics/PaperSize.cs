namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>A sheet of paper, upright, at 300 dots an inch (ISO 216, rounded to whole pixels).</summary>
/// <param name="Name">Such as <c>a0</c>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record PaperSize(string Name, int Width, int Height)
{
    /// <summary>The sizes a poster can have.</summary>
    public static IReadOnlyList<PaperSize> All { get; } =
    [new("a0", 9933, 14043), new("a1", 7016, 9933), new("a2", 4961, 7016), new("a3", 3508, 4961)];

    /// <summary>A size by its name; null where there is none of it.</summary>
    public static PaperSize? Find(string name) => All.FirstOrDefault(size => size.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
