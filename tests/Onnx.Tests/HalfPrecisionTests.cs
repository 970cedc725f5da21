using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Images;
using OrleansAtlas.Imaging;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Tests;

/// <summary>On the CPU, which computes float16 in float32 between casts, so that the converted graph and the agreement are tested and the
/// arithmetic of a GPU is not.</summary>
public sealed class HalfPrecisionTests
{
    private static readonly OnnxOptions Single = new() { Cuda = false, Precision = OnnxOptions.Float32 };
    private static readonly OnnxOptions Half = Single with { Precision = OnnxOptions.Float16 };

    [Theory]
    [InlineData("resnet18")]
    [InlineData("mobilenet_v2")]
    public void Descriptors_of_photos_agree(string name)
    {
        var model =
            name == "resnet18" ? new ModelLibrary().Find(name) : new ModelLibrary().Find(TestFiles.Shared("models", $"{name}.onnx"));
        using var single = OnnxFeatureExtractor.Open(model, Single);
        using var half = OnnxFeatureExtractor.Open(model, Half);
        Assert.Equal(("float32", "float16"), (single.Precision, half.Precision));
        var photos = Directory.EnumerateDirectories(TestFiles.Shared("photos", "caltech101")).Order(StringComparer.Ordinal);
        var squares = photos.Take(8).SelectMany(folder => Squares(Directory.EnumerateFiles(folder, "*.jpg").Min()!, single)).ToArray();
        var count = squares.Length / (single.Card.InputSize * single.Card.InputSize * 3);
        var (expected, given) = (new float[count * single.Card.Dimensions], new float[count * single.Card.Dimensions]);
        single.Describe(squares, count, expected);
        half.Describe(squares, count, given);
        var least = HalfAgreement.LeastOf(expected, given, single.Card.Dimensions);
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {count} squares, least cosine {least:0.0000000}");
        Assert.NotEqual(expected, given);
        Assert.InRange(least, HalfAgreement.LeastCosine, 1.00001f);
    }

    [Fact]
    public void Without_a_GPU_and_unasked_a_network_computes_in_float32()
    {
        using var folder = new TemporaryFolder();
        var model = ModelFile.Read(TestModels.WriteSmall(folder), TestModels.SmallCard);
        using var extractor = OnnxFeatureExtractor.Open(model, new OnnxOptions { Cuda = false });
        Assert.Equal("float32", extractor.Precision);
        Assert.Null(extractor.WhySingle);
    }

    [Fact]
    public void What_does_not_agree_is_told()
    {
        using var folder = new TemporaryFolder();
        var path = TestModels.WriteSmall(folder);
        using var one = OnnxFeatureExtractor.Open(ModelFile.Read(path, TestModels.SmallCard), Single);
        using var other = OnnxFeatureExtractor.Open(
            ModelFile.Read(path, TestModels.SmallCard with { Bgr = true, Mean = [200f, 0f, 90f] }),
            Single
        );
        Assert.Null(HalfAgreement.Fault(one, one));
        Assert.Contains("where 0.999 is asked for", HalfAgreement.Fault(one, other), StringComparison.Ordinal);
    }

    // The largest number of float16 is 65,504.
    [Theory]
    [InlineData(1e6f, "do not fit into float16")]
    [InlineData(3e4f, "where 0.999 is asked for")] // weights fit, what comes of them does not
    public void Work_pinned_to_float16_is_refused_where_float16_cannot_give_it_and_work_in_float32_goes_on(float weight, string reason)
    {
        using var folder = new TemporaryFolder();
        var model = ModelFile.Read(TestModels.WriteSmall(folder, weight), TestModels.SmallCard);

        var refused = Assert.Throws<ModelException>(() => OnnxFeatureExtractor.Open(model, Half));
        Assert.StartsWith("The model small is to compute in float16, and cannot here: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("; work where it can, or in float32.", refused.Message, StringComparison.Ordinal);
        using var single = OnnxFeatureExtractor.Open(model, Single);
        Assert.Equal("float32", single.Precision);
    }

    [Fact]
    public void A_precision_that_is_none_is_refused_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        var model = ModelFile.Read(TestModels.WriteSmall(folder), TestModels.SmallCard);
        var error = Assert.Throws<ModelException>(() => OnnxFeatureExtractor.Open(model, new OnnxOptions { Precision = "int8" }));
        Assert.Equal("'int8' is no precision: give float16 or float32, or leave it out.", error.Message);
    }

    private static byte[] Squares(string photo, OnnxFeatureExtractor extractor)
    {
        var cropper = new SquareCropper(extractor.Card.InputSize);
        var squares = new byte[cropper.BytesPerFrame];
        cropper.Crop(new VipsImageCodec().Decode(File.ReadAllBytes(photo)), squares);
        return squares;
    }
}
