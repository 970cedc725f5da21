using OrleansAtlas.Features;

namespace OrleansAtlas.Tests;

/// <summary>Describes a square by the mean colours of an even grid over it: enough to make real maps without a model file.</summary>
internal sealed class ColourDescriber : IFeatureExtractor
{
    private const int Side = 96;
    private const int Cells = 6;

    public ModelCard Card { get; } =
        new()
        {
            Name = "colours",
            InputSize = Side,
            Dimensions = Cells * Cells * 3,
            Licence = "none needed",
        };

    public string Provider => "cpu";

    public string Runtime => "tests";

    public int BatchSize => 4;

    public int Lanes => 1;

    public void Describe(ReadOnlySpan<byte> squares, int count, Span<float> descriptors)
    {
        descriptors.Clear();
        const int Cell = Side / Cells;
        for (var square = 0; square < count; square++)
        {
            var pixels = squares[(square * Side * Side * 3)..];
            var numbers = descriptors[(square * Card.Dimensions)..];
            for (var pixel = 0; pixel < Side * Side; pixel++)
            {
                var cell = (pixel / Side / Cell * Cells) + (pixel % Side / Cell);
                for (var band = 0; band < 3; band++)
                {
                    numbers[(cell * 3) + band] += pixels[(pixel * 3) + band] / (255f * Cell * Cell);
                }
            }
        }
    }

    public void Dispose() { }
}
