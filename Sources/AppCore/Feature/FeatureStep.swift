import Domain

/// Something that all features are asked to do.
package enum FeatureStep: Sendable {
    case passTime
    case handle(Answer)
    case resume, refresh
    case comeBack(Channel)
    case takeBack(StoreCommand)
}

extension Feature {
    package mutating func take(_ step: FeatureStep, _ context: FeatureContext) -> [Outcome] {
        switch step {
        case .passTime: return passTime(context)
        case .handle(let answer): return handle(answer, context)
        case .resume: resume(context)
        case .refresh: refresh(context)
        case .comeBack(let channel): return comeBack(channel, context)
        case .takeBack(let command): takeBack(command)
        }
        return []
    }
}

/// Something that the page in front is asked to do.
package enum PageStep: Sendable {
    case appear
    case act(UserIntent)
    case click(Target)
    case keepSelection, searchChanged
}

extension PageFeature {
    package mutating func take(_ step: PageStep, _ context: FeatureContext) -> [Outcome] {
        switch step {
        case .appear: return appear(context)
        case .act(let intent): return act(on: intent, context)
        case .click(let target): return click(target, context)
        case .keepSelection: keepSelection(context)
        case .searchChanged: searchChanged(context)
        }
        return []
    }
}
