using System.Text.Json;
using OrleansAtlas.Rendering.Mosaics;

namespace OrleansAtlas.Tests;

public sealed class MosaicSidecarTests
{
    [Fact]
    public void Says_what_stands_where()
    {
        var layout = MosaicRendererTests.Layout(4, 3);
        var json = JsonDocument
            .Parse(
                MosaicSidecar.ToJson(
                    "m.png",
                    layout,
                    MosaicGeometry.OfTiles(4, 3, 32, 18),
                    [.. Enumerable.Range(0, 12).Select(i => $"film {i}")]
                )
            )
            .RootElement;
        var cell = json.GetProperty("cells")[5];
        Assert.Equal(
            (128, 54, 12),
            (json.GetProperty("width").GetInt32(), json.GetProperty("height").GetInt32(), json.GetProperty("cells").GetArrayLength())
        );
        Assert.Equal(
            (1, 1, 32, 18),
            (
                cell.GetProperty("column").GetInt32(),
                cell.GetProperty("row").GetInt32(),
                cell.GetProperty("left").GetInt32(),
                cell.GetProperty("top").GetInt32()
            )
        );
        Assert.Equal($"film {layout.Cells[5].Frame.FilmIndex}", cell.GetProperty("film").GetString());
    }
}
