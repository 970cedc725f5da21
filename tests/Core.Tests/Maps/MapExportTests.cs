using System.Text.Json;
using OrleansAtlas.Errors;
using OrleansAtlas.Maps;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Tests.Maps;

public sealed class MapExportTests : IAsyncLifetime
{
    private TestCollection _collection = null!;
    private AtlasMap _map = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (_collection, _) = await Mapped.MakeAsync("a", "b");
        await _collection.RenameAsync("a", "one, \"two\".mp4");
        await _collection.RenameAsync("b", "line\r.mp4");
        _map = await Mapped.ReadAsync(_collection);
    }

    public ValueTask DisposeAsync()
    {
        _collection.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Csv_has_a_line_for_each_frame_and_quotes_and_escapes_names_that_need_it()
    {
        var output = _collection.Output("map.csv");
        Assert.Equal([output], await MapExport.WriteAsync(_map, "csv", output, Cancel));
        var lines = (await File.ReadAllTextAsync(output, Cancel)).Split('\n');
        Assert.Equal(1 + 12 + 1, lines.Length);
        Assert.Equal("video,path,time,x,y,trust", lines[0]);
        Assert.StartsWith("a,\"one, \"\"two\"\".mp4\",0,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("b,line\\x0d.mp4,0,", lines[7], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jsonl_has_the_numbers_of_the_map_to_the_bit()
    {
        var output = _collection.Output("map.jsonl");
        await MapExport.WriteAsync(_map, "jsonl", output, Cancel);
        var frames = (await File.ReadAllLinesAsync(output, Cancel)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(_map.Times, frames.Select(frame => frame.GetProperty("time").GetDouble()));
        Assert.Equal(
            _map.Positions,
            frames.SelectMany(frame => new[] { frame.GetProperty("x").GetSingle(), frame.GetProperty("y").GetSingle() })
        );
        Assert.Equal("one, \"two\".mp4", frames[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task Npy_is_a_folder_of_arrays_in_one_order()
    {
        var files = await MapExport.WriteAsync(_map, "npy", _collection.Output("arrays"), Cancel);
        Assert.Equal(
            ["descriptors.npy", "reduced.npy", "positions.npy", "frames.jsonl"],
            files.Select(file => Path.GetRelativePath(_collection.Output("arrays"), file))
        );
        var descriptors = Npy.Parse<Half>(await File.ReadAllBytesAsync(files[0], Cancel));
        Assert.Equal([12, 8], descriptors.Shape);
        var last = (await _collection.Store.ReadArrayAsync<Half>(_collection.Store.Names.Features("b", 1), Cancel))!;
        Assert.Equal(last.Values, descriptors.Values[^last.Values.Length..]);
        Assert.Equal(_map.Positions, Npy.Parse<float>(await File.ReadAllBytesAsync(files[2], Cancel)).Values);
    }

    [Fact]
    public async Task Descriptors_that_are_gone_are_an_error_with_a_way_out_and_no_half_file()
    {
        await _collection.Store.RemoveVideoAsync("b", Cancel);
        var output = _collection.Output("arrays");
        var error = await Assert.ThrowsAsync<NotFoundException>(() => MapExport.WriteAsync(_map, "npy", output, Cancel));
        Assert.Contains("The descriptors of film 'b' were removed", error.Message);
        Assert.EndsWith("make a map without it: atlas place -c c", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(output));
    }

    [Fact]
    public async Task A_format_that_is_not_known_is_refused_before_anything_is_written()
    {
        var output = _collection.Output("map.xml");
        var error = await Assert.ThrowsAsync<ArgumentException>(() => MapExport.WriteAsync(_map, "xml", output, Cancel));
        Assert.Contains("'xml' is none of csv, jsonl and npy", error.Message);
        Assert.False(File.Exists(output));
    }
}
