using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Tests.Models;

public sealed class ModelLibraryTests
{
    [Fact]
    public void Knows_the_models_that_ship_with_a_card()
    {
        Assert.Equal(["mobilenet_v2", "resnet18", "xception", "xception_random"], KnownModels.Cards.Select(card => card.Name));
        Assert.Equal(512, KnownModels.Find("resnet18")!.Dimensions);
    }

    [Fact]
    public void Finds_the_card_of_a_file_beside_it_before_all_else()
    {
        using var folder = new TemporaryFolder();
        var path = TestModels.WriteSmall(folder);
        File.WriteAllBytes(path + ".json", ModelCardJson.ToBytes(TestModels.SmallCard));
        Assert.Equal("small", new ModelLibrary(folder.Path).Find(path).Card.Name);
    }

    [Fact]
    public void Finds_the_shipped_card_of_a_file_by_its_checksum_whatever_it_is_called()
    {
        using var folder = new TemporaryFolder();
        File.Copy(TestFiles.Shared("models", "mobilenet_v2.onnx"), folder["renamed.onnx"]);
        var model = new ModelLibrary(folder.Path).Find(folder["renamed.onnx"]);
        Assert.Equal("mobilenet_v2", model.Card.Name);
        Assert.Equal(model.Card.Sha256, model.Sha256);
    }

    [Fact]
    public void Refuses_another_file_under_a_shipped_name_and_a_file_without_a_card()
    {
        using var folder = new TemporaryFolder();
        var library = new ModelLibrary(folder.Path);
        var path = TestModels.WriteSmall(folder);
        Assert.Contains("There is no card", Assert.Throws<ModelException>(() => library.Find(path)).Message);
        File.Move(path, folder["mobilenet_v2.onnx"]);
        Assert.Contains("SHA-256", Assert.Throws<ModelException>(() => library.Find(folder["mobilenet_v2.onnx"])).Message);
        Assert.Contains("known are mobilenet_v2, resnet18", Assert.Throws<ModelException>(() => library.Find("resnet")).Message);
        Assert.Contains("atlas model add xception", Assert.Throws<ModelException>(() => library.Find("xception")).Message);
    }

    [Fact]
    public async Task Makes_Xception_from_a_weights_file_with_a_card_that_tells_its_origin()
    {
        using var folder = new TemporaryFolder();
        var library = new ModelLibrary(folder.Path);
        var made = await library.AddXceptionFromFileAsync(
            TestFiles.Shared("models", "xception_random_keras.h5"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("other than Keras's own", made.Card.Note);
        var found = library.Find("xception");
        Assert.Equal((made.Path, made.Sha256, made.Card.Note), (found.Path, found.Sha256, found.Card.Note));
        Assert.Equal(
            ["xception.onnx", "xception.onnx.json"],
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_model_that_another_replaces_is_kept_for_the_collections_that_pin_it()
    {
        using var folder = new TemporaryFolder();
        var library = new ModelLibrary(folder.Path);
        var token = TestContext.Current.CancellationToken;
        File.Move(TestModels.WriteSmall(folder), folder["xception.onnx"]);
        File.WriteAllBytes(folder["xception.onnx.json"], ModelCardJson.ToBytes(TestModels.SmallCard with { Name = "xception" }));
        var old = library.Find("xception");
        var weights = TestFiles.Shared("models", "xception_random_keras.h5");
        var made = await library.AddXceptionFromFileAsync(weights, token);

        Assert.NotEqual(old.Sha256, made.Sha256);
        Assert.Equal(made.Sha256, library.Find("xception").Sha256);
        Assert.Equal(made.Sha256, library.FindPinned("xception", made.Sha256)!.Sha256);
        var found = library.FindPinned("xception", old.Sha256)!;
        Assert.Equal((old.Sha256, 5), (found.Sha256, found.Card.Dimensions));
        Assert.Equal(5, TestModels.Describe(found, TestModels.Noise(1, 32)).Length);
        Assert.Null(library.FindPinned("xception", new string('0', 64)));

        // Made again from the same weights it is the same file, and nothing is put aside.
        await library.AddXceptionFromFileAsync(weights, token);
        Assert.Equal(4, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void A_model_that_is_not_known_any_more_goes_on_where_its_file_is_here()
    {
        using var folder = new TemporaryFolder();
        File.Move(TestModels.WriteSmall(folder), folder["lite.onnx"]);
        File.WriteAllBytes(folder["lite.onnx.json"], ModelCardJson.ToBytes(TestModels.SmallCard with { Name = "lite" }));
        var library = new ModelLibrary(folder.Path);
        Assert.Equal("lite", library.FindPinned("lite", ModelFile.Hash(folder["lite.onnx"]))!.Card.Name);
        Assert.Null(library.FindPinned("gone", new string('0', 64)));
    }

    [Fact]
    public async Task Takes_the_model_asked_for_and_fetches_nothing()
    {
        using var folder = new TemporaryFolder();
        var (model, notice) = await new ModelLibrary(folder.Path).ChooseAsync(
            TestFiles.Shared("models", "mobilenet_v2.onnx"),
            null,
            TestContext.Current.CancellationToken
        );
        Assert.Equal("mobilenet_v2", model.Card.Name);
        Assert.Null(notice);
    }

    [Fact]
    public async Task A_download_that_failed_is_not_tried_again_and_resnet18_stands_in()
    {
        using var folder = new TemporaryFolder();
        var library = new ModelLibrary(folder.Path);
        await File.WriteAllTextAsync(folder["xception.unreachable"], "no network", TestContext.Current.CancellationToken);
        var (model, notice) = await library.ChooseAsync(null, null, TestContext.Current.CancellationToken);
        Assert.Equal("resnet18", model.Card.Name);
        Assert.Contains("atlas model add xception", notice);
    }
}
