using OrleansAtlas.Tests.Store;

namespace OrleansAtlas.Tests;

/// <summary>A store in a container does what one in a folder does.</summary>
public sealed class AzureStoreTests(AzuriteFixture azurite) : ArtifactStoreTests
{
    protected override int Rounds => 8;

    protected override async Task<StorePlace> PlaceAsync() => await ContainerPlace.CreateAsync(azurite);
}
