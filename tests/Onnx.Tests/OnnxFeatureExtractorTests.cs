using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Graphs;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Tests;

public sealed class OnnxFeatureExtractorTests
{
    [Theory]
    [InlineData(2, 4)]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    public void Bytes_do_not_depend_on_threads_or_on_the_size_of_a_batch(int threads, int batch)
    {
        var model = MobileNet();
        var squares = TestModels.Noise(6, 224);
        var expected = TestModels.Describe(
            model,
            squares,
            new OnnxOptions
            {
                Threads = 1,
                CpuBatch = 4,
                Cuda = false,
            }
        );
        Assert.Equal(
            expected,
            TestModels.Describe(
                model,
                squares,
                new OnnxOptions
                {
                    Threads = threads,
                    CpuBatch = batch,
                    Cuda = false,
                }
            )
        );
    }

    [Fact]
    public void Calls_side_by_side_give_what_they_give_alone()
    {
        using var describer = OnnxFeatureExtractor.Open(
            MobileNet(),
            new OnnxOptions
            {
                Lanes = 3,
                Threads = 1,
                Cuda = false,
            }
        );
        var squares = TestModels.Noise(6, 224);
        var (expected, together) = (new float[6 * describer.Card.Dimensions], new float[6 * describer.Card.Dimensions]);
        describer.Describe(squares, 6, expected);
        Parallel.For(
            0,
            3,
            lane =>
            {
                for (var repeat = 0; repeat < 3; repeat++)
                {
                    describer.Describe(squares.AsSpan(lane * squares.Length / 3), 2, together.AsSpan(lane * together.Length / 3));
                }
            }
        );
        Assert.Equal(3, describer.Lanes);
        Assert.Equal(expected, together);
    }

    [Fact]
    public void Scales_the_input_as_the_card_says()
    {
        using var folder = new TemporaryFolder();
        var path = TestModels.WriteSmall(folder);
        // The network is linear: what (255 - 55) / 50 = 4 gives is four times what 1 gives.
        var one = TestModels.Describe(ModelFile.Read(path, TestModels.SmallCard), Grey(1));
        var four = TestModels.Describe(ModelFile.Read(path, TestModels.SmallCard with { Mean = [55f], Scale = [50f] }), Grey(255));
        Assert.Equal(0, TestModels.RelativeError(four, [.. one.Select(value => 4 * value)]), 1e-6);
    }

    [Fact]
    public void Exchanges_red_and_blue_where_the_card_says_so()
    {
        using var folder = new TemporaryFolder();
        var path = TestModels.WriteSmall(folder);
        var squares = TestModels.Noise(1, 32);
        var exchanged = (byte[])squares.Clone();
        for (var i = 0; i < squares.Length; i += 3)
        {
            (exchanged[i], exchanged[i + 2]) = (squares[i + 2], squares[i]);
        }

        var expected = TestModels.Describe(ModelFile.Read(path, TestModels.SmallCard), squares);
        Assert.Equal(expected, TestModels.Describe(ModelFile.Read(path, TestModels.SmallCard with { Bgr = true }), exchanged));
        Assert.NotEqual(expected, TestModels.Describe(ModelFile.Read(path, TestModels.SmallCard), exchanged));
    }

    [Fact]
    public void Averages_an_output_that_still_has_places()
    {
        using var folder = new TemporaryFolder();
        var path = TestModels.WriteSmall(folder);
        var squares = TestModels.Noise(3, 32);
        var mean = TestModels.Describe(ModelFile.Read(path, TestModels.SmallCard), squares);
        var map = TestModels.Describe(ModelFile.Read(path, TestModels.SmallCard with { Output = "map" }), squares);
        Assert.InRange(TestModels.RelativeError(map, mean), 0, 1e-6);
    }

    [Fact]
    public void A_model_that_does_not_fit_its_card_is_refused_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        var path = TestModels.WriteSmall(folder);
        Refused(path, TestModels.SmallCard with { InputSize = 64 }, "[n, 3, 32, 32], expected Float [n, 3, 64, 64]");
        Refused(path, TestModels.SmallCard with { Layout = TensorLayout.Nhwc }, "expected Float [n, 32, 32, 3]");
        Refused(path, TestModels.SmallCard with { Output = "features" }, "no output 'features', only 'map', 'mean'");
        Refused(path, TestModels.SmallCard with { Dimensions = 6 }, "output 'mean' is [n, 5], expected 6");
        Refused(path, TestModels.SmallCard with { Sha256 = new string('0', 64) }, "SHA-256");
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["text.onnx"], "hello");
        Refused(folder["text.onnx"], TestModels.SmallCard, "cannot be opened as an ONNX model");
        Refused(folder["none.onnx"], TestModels.SmallCard, "cannot be read");
    }

    [Fact]
    public void A_network_that_fails_at_work_says_so_in_a_sentence()
    {
        using var folder = new TemporaryFolder();
        var graph = new OnnxGraphWriter("one square only");
        graph.Input("image", "n", 3, 32, 32);
        var row = graph.Node("Flatten", ["image"], null, ("axis", 0));
        graph.Node("MatMul", [row, graph.Constant(new float[3 * 32 * 32 * 5], 3 * 32 * 32, 5)], "mean");
        graph.Output("mean", "n", 5);
        File.WriteAllBytes(folder["one.onnx"], graph.ToBytes());
        var model = ModelFile.Read(folder["one.onnx"], TestModels.SmallCard);
        var options = new OnnxOptions { CpuBatch = 2, Cuda = false };
        var error = Assert.Throws<ModelException>(() => TestModels.Describe(model, TestModels.Noise(2, 32), options));
        Assert.Contains("The model small could not describe 2 squares on cpu", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static void Refused(string path, ModelCard card, string part)
    {
        var error = Assert.Throws<ModelException>(() => OnnxFeatureExtractor.Open(ModelFile.Read(path, card)).Dispose());
        Assert.Contains(part, error.Message);
        Assert.Contains(Path.GetFileName(path), error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static byte[] Grey(byte value)
    {
        var square = new byte[32 * 32 * 3];
        Array.Fill(square, value);
        return square;
    }

    private static ModelFile MobileNet() => new ModelLibrary().Find(TestFiles.Shared("models", "mobilenet_v2.onnx"));
}
