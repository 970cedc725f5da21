using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using OrleansAtlas.Features;
using OrleansAtlas.Images;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Graphs;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Tests.Models;

/// <summary>The model that comes with the program.</summary>
public sealed class ResNet18Tests
{
    private static readonly ModelFile Model = new ModelLibrary().Find("resnet18");

    [Fact]
    public void Is_found_where_nothing_was_fetched()
    {
        using var folder = new TemporaryFolder();
        var library = new ModelLibrary(folder["none"]);
        Assert.True(library.Has("resnet18"));
        Assert.Equal(Model.Card.Sha256, library.Find("resnet18").Sha256);
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(Model.Path)!, "resnet18.LICENSE")));
    }

    [Fact]
    public void Squares_given_together_on_a_GPU_give_what_they_give_alone()
    {
        var squares = TestModels.Noise(3, 224);
        var alone = TestModels.Describe(Model, squares, new OnnxOptions { Cuda = false });
        Assert.Equal(3 * 512, alone.Length);

        var input = new float[squares.Length];
        new SquarePacker(Model.Card).Pack(squares, input);
        using var session = OnnxSessions.Open(GraphFile.Read(Model, freeBatch: true, half: false), Environment.ProcessorCount);
        using var value = OrtValue.CreateTensorValueFromMemory(input, [3, 3, 224, 224]);
        using var run = new RunOptions();
        using var together = session.Run(run, [Model.Card.Input], [value], [Model.Card.Output]);
        Assert.InRange(TestModels.RelativeError(together[0].GetTensorDataAsSpan<float>(), alone), 0, 1e-5);
    }

    [Fact]
    public void A_photos_nearest_neighbour_is_of_its_class()
    {
        var photos = Directory.GetFiles(TestFiles.Shared("photos", "caltech101"), "*.jpg", SearchOption.AllDirectories);
        Assert.Equal(300, photos.Length);
        using var describer = OnnxFeatureExtractor.Open(Model, new OnnxOptions { Cuda = false });
        var descriptors = new float[photos.Length][];
        var lanes = new ParallelOptions { MaxDegreeOfParallelism = describer.Lanes };
        Parallel.For(0, photos.Length, lanes, i => descriptors[i] = Describe(photos[i], describer));
        var right = Enumerable.Range(0, photos.Length).Count(i => Class(photos[i]) == Class(photos[Nearest(descriptors, i)]));
        TestContext.Current.TestOutputHelper?.WriteLine($"{right} of {photos.Length}");
        Assert.InRange(right / 300.0, 0.95, 1);
    }

    private static string? Class(string photo) => Path.GetDirectoryName(photo);

    private static int Nearest(float[][] descriptors, int i) =>
        Enumerable
            .Range(0, descriptors.Length)
            .Where(j => j != i)
            .MinBy(j => TensorPrimitives.Distance<float>(descriptors[i], descriptors[j]));

    private static float[] Describe(string photo, OnnxFeatureExtractor describer)
    {
        var cropper = new SquareCropper(describer.Card.InputSize);
        var squares = new byte[cropper.BytesPerFrame];
        cropper.Crop(new VipsImageCodec().Decode(File.ReadAllBytes(photo)), squares);
        var descriptor = new float[Descriptor.Dimensions(describer.Card)];
        describer.Describe(squares, Descriptor.SquaresPerFrame, descriptor);
        return descriptor;
    }
}
