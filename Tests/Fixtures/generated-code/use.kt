import com.example.app.`in`.*
import java.time.Duration
import java.time.Instant

fun main() {
    val context = AppContext(
        user = AppContext.User(
            `as` = "driver \"x\"\n\u00e9", class_ = null, self = true, init = -3, type__2 = AppContext.User.Type__2.N3_2,
            type_ = listOf(AppContext.User.Type_.X, AppContext.User.Type_("later")), homeUrl = "https://example.com/a?b=c",
            since = Instant.parse("2025-12-01T09:00:00.250Z"), away = Duration.ofMillis(-90005), count = 7, share = 0.5,
            version = "3.4.0", flags = mapOf("on" to true), levels = mapOf("l" to listOf("a", "b")),
            moments = listOf(Instant.EPOCH)
        ),
        self = AppContext.Self(AppContext.Self.Type.TYPE)
    )
    val event = AppEvent.orderReady(
        `is` = "a", class_ = "b", status = AppEvent.OrderReady.Status.NOT_READY, of = listOf(AppEvent.OrderReady.Of.SELF)
    )
    println(context.toJson().toJsonText())
    println(event.toJson().toJsonText())
    println(AppEvent.notify_().toJson().toJsonText())
    println(listOf(MessageId.SELF, MessageId.N3D_SALE, MessageAction.Self.CLASS, MessageRequest.RATING, AppEventName.NAME))
}
